namespace Relocation.Testing.Cli.Inspecting;

/// <summary>The meaning of a record's member in the model.</summary>
internal enum FieldMatchKind
{
    /// <summary>A field, by its own name or an equivalent one.</summary>
    Known,

    /// <summary>A field under a declared former name.</summary>
    Renamed,

    /// <summary>Declared as dropped.</summary>
    Dropped,

    /// <summary>Nothing.</summary>
    Unknown,
}
