namespace Relocation.Testing.Cases;

/// <summary>The versions that an attribute names by the type that lists them.</summary>
internal static class MatrixVersions
{
    /// <summary>The versions, or one null where no type is named.</summary>
    /// <exception cref="InvalidOperationException">The type is none that lists versions, or lists none, or two of the same name.</exception>
    internal static IReadOnlyList<SchemaVersion?> Of(Type? type)
    {
        if (type is null)
        {
            return [null];
        }

        if (!type.IsAssignableTo(typeof(ISchemaVersions)) || type.IsAbstract || type.GetConstructor(Type.EmptyTypes) is null)
        {
            throw MatrixErrors.NoSchemaVersions(type);
        }

        var versions = ((ISchemaVersions)Activator.CreateInstance(type)!).Versions;
        return versions.Count > 0 && versions.DistinctBy(version => version.Name, StringComparer.OrdinalIgnoreCase).Count() == versions.Count
            ? versions
            : throw MatrixErrors.SchemaVersionsNotDistinct(type);
    }

    /// <summary>One version, by what a listing of tests has kept.</summary>
    internal static SchemaVersion? Find(string? type, string? version) => version is null
        ? null
        : Of(Type.GetType(type ?? string.Empty, throwOnError: true)).FirstOrDefault(candidate => candidate!.Name == version)
            ?? throw MatrixErrors.SchemaVersionMissing(version);
}
