namespace Relocation.Testing.Cli.Inspecting;

/// <summary>What a member of a backup's records is to the model.</summary>
internal enum FieldMatchKind
{
    /// <summary>A field, by its own name or one that is as good.</summary>
    Known,

    /// <summary>A field under a declared former name.</summary>
    Renamed,

    /// <summary>Declared as dropped.</summary>
    Dropped,

    /// <summary>Nothing.</summary>
    Unknown,
}
