"""The process of the app: signals, hardening and crash reports."""
