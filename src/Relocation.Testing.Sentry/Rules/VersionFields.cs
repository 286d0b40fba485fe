namespace Relocation.Testing.Sentry.Rules;

/// <summary>Extensions that look up a model's fields in the imported version.</summary>
internal static class VersionFields
{
    /// <summary>Whether the model has a field with that name, other than its key.</summary>
    internal static bool Has(this RelocationEntity entity, string field) => entity.Fields.Any(candidate => candidate.Name == field);

    /// <summary>The model of that label in the imported version; none for the label that it had, whose rules are another version's.</summary>
    internal static RelocationEntity? FindOwn(this RelocationModel model, ModelLabel label) =>
        model.Find(label) is { } entity && entity.Label == label ? entity : null;

    /// <summary>The column of a field that the model has.</summary>
    internal static string ColumnOf(this RelocationEntity entity, string field) =>
        entity.Fields.First(candidate => candidate.Name == field).Column;
}
