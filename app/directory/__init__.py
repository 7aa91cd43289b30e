"""Services around the desk: the people and offices that staff fetch or call, from the office's own list."""

from app.directory.hours import Hours
from app.directory.services import Kind, Service, directory_file, load_services, serving, write_template

__all__ = ["Hours", "Kind", "Service", "directory_file", "load_services", "serving", "write_template"]
