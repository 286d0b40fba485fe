using System.Text.Json;

namespace Relocation.Testing.Sentry;

/// <content>Messages about what relocations validate and import.</content>
internal static partial class Errors
{
    internal static string FoundByValidation(string step, string? kind, string? model) =>
        $"{step} found {kind ?? "something"}{(model is null ? string.Empty : $" on {model}")}.";

    internal static JsonException NoFindings(string name) => new($"File '{name}' of the storage holds no list of findings.");

    internal static RelocationTaskException ImportInUse(Guid uuid, Exception refusal) => new(
        RelocationTaskErrorKind.InUse,
        $"What relocation {uuid} has imported cannot be removed: other rows refer to it. The database says: {refusal.Message} Nothing was removed. Delete "
        + "these rows, and try again.",
        refusal);

    internal static RelocationTaskException ImportInUse(Guid uuid, string table, string column) => new(
        RelocationTaskErrorKind.InUse,
        $"What relocation {uuid} has imported cannot be removed: other rows refer to it, in column '{column}' of table '{table}'. Nothing was removed. Delete "
        + "these rows, and try again.");

    internal static InvalidOperationException OtherRecordsImported(ModelLabel model) =>
        new($"The import's ledger tells of other records of {model} than the file holds for the wanted organizations. Was the ledger changed, or the file?");
}
