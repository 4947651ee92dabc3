"""Many applications in a burst, while their pages are polled: `make load`."""
