namespace Relocation.Testing.Databases;

/// <summary>Files that only the user may read: test databases can hold personal data.</summary>
internal static class OwnFile
{
    /// <summary>Creates a file.</summary>
    /// <param name="path">A path where there is none.</param>
    /// <param name="share">What others may do meanwhile.</param>
    internal static FileStream Create(string path, FileShare share = FileShare.ReadWrite)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
