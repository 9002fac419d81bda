"""Stories planted in the sample country: schemes, near misses and honest look-alikes, with their truth."""
