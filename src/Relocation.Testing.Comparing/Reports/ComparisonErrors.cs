namespace Relocation.Testing.Comparing.Reports;

/// <content>Messages about comparing backups.</content>
/// <summary>The messages about comparing backups: what is wrong, where, what to do.</summary>
internal static class ComparisonErrors
{
    internal static ArgumentException NoComparableRecord(string parameter, Exception? exception) => new(
        "The text is no record. Give an object with a model, a key and an object of fields, as a backup holds it.", parameter, exception);

    internal static InvalidOperationException NoOrdinals() => new(
        "References are compared by the positions of the records that they lead to, and the pair does not know them. Give both sides' positions.");
}
