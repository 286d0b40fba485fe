namespace Relocation.Testing.Specification.Checking;

/// <summary>A record of a backup or a row of the database, in a form in which the two can be compared.</summary>
/// <param name="Model">The label of the model.</param>
/// <param name="Key">The key: the old one of a record, the new one of a row.</param>
/// <param name="Content">Everything that the database should have taken over as it was.</param>
/// <param name="References">For each reference of the model the record or row that it leads to, or null.</param>
internal sealed record CheckedItem(string Model, string Key, string Content, IReadOnlyList<string?> References)
{
    internal string Name => NameOf(Model, Key);

    internal static string NameOf(string model, string key) => $"{model} {key}";
}
