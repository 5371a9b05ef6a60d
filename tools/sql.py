"""Runs in the virtual environment: a list of statements in, their rows out, as JSON.

The launcher itself has the standard library only, so it asks this little program.
"""

import json
import sys

import psycopg2


def main():
    request = json.load(sys.stdin)
    try:
        connection = psycopg2.connect(request["url"], connect_timeout=10)
    except psycopg2.OperationalError as error:
        json.dump({"error": str(error).strip(), "connect": True}, sys.stdout)
        return
    connection.autocommit = True
    answer = []
    try:
        with connection.cursor() as cursor:
            for statement, values in request["statements"]:
                cursor.execute(statement, values or None)
                answer.append(cursor.fetchall() if cursor.description else [])
    except psycopg2.Error as error:
        json.dump({"error": str(error).strip(), "connect": False}, sys.stdout)
        return
    json.dump({"rows": answer}, sys.stdout, default=str)


if __name__ == "__main__":
    main()
