"""The process of the app: signals, hardening, crash reports."""
