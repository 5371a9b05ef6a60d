"""What cannot be right in the rows of an import, before anything is written."""


def conflicting_rows(rows, key_columns, value_columns):
    """Rows that name the same thing twice with different values.

    :param rows: list of lists of texts
    :param key_columns: columns that identify a thing; empty cells identify nothing
    :param value_columns: columns that must agree
    :return: list of ``(first row, second row, key, first value, second value)``,
        indexes from 0; at most one per row
    """
    seen, found = {}, []
    for index, row in enumerate(rows):
        value = tuple(str(row[column] or "").strip() for column in value_columns)
        if not any(value):
            continue
        for column in key_columns:
            key = str(row[column] or "").strip()
            if not key:
                continue
            first, before = seen.setdefault((column, key), (index, value))
            if first != index and before != value:
                found.append((first, index, key, before, value))
                break
    return found


def repeated_rows(rows, key_column, identity_columns=()):
    """Rows that carry a number already used above by another record.

    :param identity_columns: columns with the external or database id of the record;
        rows with the same id describe the same record
    :return: list of ``(first row, second row, key)``
    """
    seen, found = {}, []
    for index, row in enumerate(rows):
        key = str(row[key_column] or "").strip()
        if not key:
            continue
        identity = tuple(str(row[c] or "").strip() for c in identity_columns)
        first, before = seen.setdefault(key, (index, identity))
        if first != index and not (any(identity) and identity == before):
            found.append((first, index, key))
    return found
