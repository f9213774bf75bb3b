"""What several audiences share of hiring: postings, applications, cases."""
