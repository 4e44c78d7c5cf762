"""`python -m casemine` is `casemine`."""

from casemine.cli import main

if __name__ == "__main__":
    main()
