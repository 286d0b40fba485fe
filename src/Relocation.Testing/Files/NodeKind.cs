namespace Relocation.Testing.Files;

/// <summary>What a path leads to.</summary>
internal enum NodeKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A device, a named pipe or a socket, which have no whole and no half.</summary>
    Other,
}
