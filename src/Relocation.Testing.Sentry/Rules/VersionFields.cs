namespace Relocation.Testing.Sentry.Rules;

/// <summary>Extensions that look up a model's fields in the imported version.</summary>
internal static class VersionFields
{
    /// <summary>Whether the model has a field with that name, other than its key.</summary>
    internal static bool Has(this RelocationEntity entity, string field) => entity.Fields.Any(candidate => candidate.Name == field);

    /// <summary>The column of a field that the model has.</summary>
    internal static string ColumnOf(this RelocationEntity entity, string field) =>
        entity.Fields.First(candidate => candidate.Name == field).Column;
}
