"""Full text: the words of every ticket, kept beside the desk so that none need be read to find some."""
