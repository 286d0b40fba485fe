namespace Relocation.Testing.Specification.Databases;

/// <summary>Where a host of tests writes, gone on disposal.</summary>
internal sealed class HostFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("relocation-host-");

    internal HostFolder(string? temporary = null) =>
        Temporary = temporary ?? _folder.CreateSubdirectory("tmp").FullName;

    /// <summary>The host's folder for temporary files.</summary>
    internal string Temporary { get; }

    internal string Report => Path.Combine(_folder.FullName, "report");

    internal string Artifacts => Path.Combine(_folder.FullName, "artifacts");

    internal string Kept => Path.Combine(Artifacts, "databases");

    public void Dispose() => _folder.Delete(recursive: true);
}
