"""casemine mines Chinese policy and case documents."""
