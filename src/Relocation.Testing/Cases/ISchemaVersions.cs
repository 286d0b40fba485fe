namespace Relocation.Testing;

/// <summary>
/// Says which versions of an application's tables a matrix of tests has. Attributes name the implementing type, which has a public
/// constructor without parameters.
/// </summary>
public interface ISchemaVersions
{
    /// <summary>The versions, at least one, in the order in which their tests are listed. Names are distinct.</summary>
    public IReadOnlyList<SchemaVersion> Versions { get; }
}
