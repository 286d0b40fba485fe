using System.Data.Common;
using Relocation.Testing.Texts;
using Relocation.Testing.Modeling;

namespace Relocation.Testing.Schemas;

/// <summary>The messages about schemas that do not fit: what is wrong, where, what to do.</summary>
internal static class SchemaErrors
{
    internal static RelocationModelException TablesExist(string model, IReadOnlyList<string> tables) =>
        new(
            $"The tables of model '{model}' cannot be created: the database has {tables.Count} of them already. "
            + $"Use an empty database, or leave the schema as it is.{ErrorText.Listed(tables, tables.Count)}",
            tables);

    internal static RelocationModelException TablesOfOtherContext(string context, IReadOnlyList<(string Entity, string Table)> tables)
    {
        List<string> problems = [.. tables.Select(table => $"Entity '{table.Entity}' is mapped to table '{table.Table}', which another context makes.")];
        return new(
            $"Context '{context}' shares tables with another context (ExcludeFromMigrations), so EnsureCreated makes the others only. Use a context "
            + "that maps the whole tables, or make them with SchemaSource.From and import with each context what it maps."
            + ErrorText.Listed(problems, problems.Count),
            problems);
    }

    internal static RelocationModelException TablesKnownInPart(
        string model, IReadOnlyList<(Table Table, IReadOnlyList<string> Columns)> tables)
    {
        List<string> problems = [.. tables.Select(table =>
            $"Table '{table.Table.Name}' of '{table.Table.Label}' has columns that must have a value and that the model does not know: "
            + $"{string.Join(", ", table.Columns)}.")];
        return new(
            $"Model '{model}' knows a part of {problems.Count} table{(problems.Count == 1 ? string.Empty : "s")} only, as where several contexts "
            + "split a table. Use a context that maps the whole table, or give the columns a default, or let them be null."
            + ErrorText.Listed(problems, problems.Count),
            problems);
    }

    internal static RelocationModelException SchemaRefused(string model, string engine, DbException refusal) =>
        new(
            $"{engine} refuses a table of model '{model}': {refusal.Message} Nothing was created. Correct the store type, check "
            + "or unique set that the message names.",
            [refusal.Message],
            refusal);

    internal static RelocationModelException ExtensionMissing(string model, string extension, DbException refusal) =>
        new(
            $"Model '{model}' has columns of PostgreSQL's extension '{extension}', which the server cannot provide: "
            + $"{refusal.Message} Install the server's contrib package, or run CREATE EXTENSION {extension} as an administrator.",
            [refusal.Message],
            refusal);
}
