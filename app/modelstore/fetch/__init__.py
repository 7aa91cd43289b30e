"""The only part of the program that opens internet sockets; imported by `models pull` alone."""
