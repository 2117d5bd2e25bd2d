"""What helpers do: register and help people, study together, hand over tests, observe acts."""
