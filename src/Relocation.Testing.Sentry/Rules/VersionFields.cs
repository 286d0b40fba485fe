namespace Relocation.Testing.Sentry.Rules;

/// <summary>Asks which fields a model has in the version that is imported into.</summary>
internal static class VersionFields
{
    /// <summary>Whether the model has a field of that name, its key apart.</summary>
    internal static bool Has(this RelocationEntity entity, string field) => entity.Fields.Any(candidate => candidate.Name == field);

    /// <summary>The column of a field that the model has.</summary>
    internal static string ColumnOf(this RelocationEntity entity, string field) =>
        entity.Fields.First(candidate => candidate.Name == field).Column;
}
