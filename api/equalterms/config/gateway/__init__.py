"""What stands before Django: three lanes, and the bridge the third one goes over."""
