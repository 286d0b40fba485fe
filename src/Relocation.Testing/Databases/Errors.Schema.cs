using System.Data.Common;

namespace Relocation.Testing;

internal static partial class Errors
{
    internal static RelocationModelException TablesExist(string model, IReadOnlyList<string> tables) =>
        new(
            $"The tables of model '{model}' cannot be created: the database has {tables.Count} of them already. "
            + $"Use an empty database, or leave the schema as it is.{Listed(tables, tables.Count)}",
            tables);

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
