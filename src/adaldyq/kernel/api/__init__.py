"""What the API operations of all rooms share: pages of long lists, kinds of value, and limits."""
