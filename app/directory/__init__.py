"""Services around the desk: the office's interpreter services and whom to call."""
