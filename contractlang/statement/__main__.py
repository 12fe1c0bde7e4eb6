"""Write the JSON schema of the statement beside the model: python -m contractlang.statement."""

from contractlang.statement.model import SCHEMA_FILE, schema_text

if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
