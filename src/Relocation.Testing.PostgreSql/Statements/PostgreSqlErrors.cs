using Npgsql;
using Relocation.Testing.Modeling;

namespace Relocation.Testing.PostgreSql.Statements;

/// <summary>Every message of importing into PostgreSQL: what is wrong, where, what to do. No values of rows.</summary>
internal static partial class PostgreSqlErrors
{
    internal static RelocationModelException TableMissing(Table table, string database) => Model(
        $"Table '{table}' of model '{table.Label}' does not exist in database '{database}', or is no table. "
        + "Create the schema before importing, or correct the model's Schema and Table.");

    internal static RelocationModelException ColumnMissing(Table table, RelocationField field) => Model(
        $"Table '{table}' has no column '{field.Column}', which field '{field.Name}' of model '{table.Label}' "
        + "is stored in. Bring the schema up to date, or correct the field's Column.");

    internal static RelocationModelException ColumnGenerated(Table table, RelocationField field) => Model(
        $"Column '{field.Column}' of table '{table}' is computed by the database, so field '{field.Name}' of model "
        + $"'{table.Label}' cannot be written. Leave the field out of the model, or default it to FieldDefault.Database.");

    internal static RelocationModelException TypeNotSupported(Table table, RelocationField field, string type) => Model(
        $"Column '{field.Column}' of table '{table}' (model '{table.Label}') has type '{type}', which cannot be "
        + "written. Leave the field out of the model, or default it to FieldDefault.Database.");

    internal static RelocationModelException TypeMismatch(Table table, RelocationField field, string type) => Model(
        $"Column '{field.Column}' of table '{table}' has type '{type}', which does not hold a field of type "
        + $"{field.Type} ('{field.Name}' of model '{table.Label}'). Correct the field's Type, or the schema.");

    internal static ImportException RowsHidden(IEnumerable<string> tables) => new(
        "Nothing was imported, as " + RowSecurity.Explain(
            $"the policies of {string.Join(", ", tables.Select(table => $"'{table}'"))} apply to it"),
        []);

    internal static RelocationException NotAllowed(string user, PostgresException inner) => RowSecurity.IsRefusal(inner)
        ? new ImportException("Nothing was imported, as " + RowSecurity.Explain(inner), [], inner)
        : new DatabaseException(
        $"Role '{user}' lacks a right that an import needs: {Sentence(inner.MessageText)} Grant it SELECT, INSERT, UPDATE and "
        + "DELETE on the tables and SELECT and UPDATE on their sequences, or import as the owner of the tables.",
        DatabaseFault.NotAllowed,
        inner.SqlState,
        inner);

    internal static ImportException CannotClear(PostgresException inner) => new(
        $"The database cannot be cleared, so nothing was imported: {Sentence(inner.MessageText)} Empty the tables that refer to the model's "
        + "first, or add them to the model.",
        [],
        inner);

    internal static ArgumentException NotPrepared(Table table) => new(
        $"The import was not prepared for model '{table.Label}', so its table is not locked.", nameof(table));

    internal static ArgumentException OtherConnection() => new("The transaction belongs to another connection.", "outer");

    internal static string ValueRefused(string table, string column, string problem) =>
        $"Column '{column}' of table '{table}' cannot take the value: {problem}";

    internal static string RowsMissing(string table, int missing) =>
        $"{(missing == 1 ? "1 row" : $"{missing} rows")} of table '{table}' that should have been written over, or whose references should have been filled in, "
        + $"{(missing == 1 ? "was" : "were")} not changed. A trigger, a "
        + "rule or a row-level policy skips or hides them; hold triggers back (TriggerPolicy.HoldBack, --triggers hold-back), or import as a role "
        + "that sees every row.";

    internal static FormatException OutOfRange(string type) => new($"it is out of the range of type '{type}'.");

    internal static FormatException NotA(string what, string type) => new($"it is no {what}, as type '{type}' demands.");

    internal static FormatException ArrayElement(string type) => new($"an element of the list does not fit type '{type}'.");

    internal static FormatException ArrayShape() =>
        new("the lists in a list must be equally long, and nested at most six deep, to be an array.");

    private static RelocationModelException Model(string problem) => new(problem, [problem]);

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";
}
