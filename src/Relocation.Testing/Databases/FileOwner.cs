using System.Buffers;

namespace Relocation.Testing.Databases;

/// <summary>
/// Shows which files and folders for temporary use belong to a process that lives: each process locks a file of its own, and
/// the lock ends with the process, however it ends. The file's name is part of the names of all that the process owns.
/// </summary>
/// <param name="folder">The folder of the locked files.</param>
internal sealed class FileOwner(string folder) : IDisposable
{
    /// <summary>How many digits a process's name has.</summary>
    private const int NameLength = 16;

    private const string Prefix = "relocation_test_";

    private const string Extension = ".owner";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private readonly Lock _lock = new();
    private string _name = string.Empty;
    private FileStream? _held;
    private int _users;

    /// <summary>The owner of what this process leaves in the folder for temporary files.</summary>
    internal static FileOwner OfProcess { get; } = new(Path.GetTempPath());

    /// <summary>The folder of the locked files.</summary>
    internal string Folder => folder;

    /// <summary>
    /// Takes part in the ownership, for something to be named after <see cref="NameOf"/>. Each call is paired with
    /// <see cref="Release"/>, when that is gone. The first one removes what killed processes have left.
    /// </summary>
    /// <returns>The process's name.</returns>
    internal string Use()
    {
        lock (_lock)
        {
            if (_users == 0)
            {
                Hold();
                try
                {
                    SweepFiles();
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    // Another process sweeps too, or a file is not ours: this one works without.
                }
            }

            _users++;
            return _name;
        }
    }

    internal void Release()
    {
        lock (_lock)
        {
            if (--_users == 0)
            {
                Dispose();
            }
        }
    }

    /// <summary>The name of the process that a file or folder belongs to, or null when it is not named after one.</summary>
    /// <param name="path">A path whose last part begins with <paramref name="prefix"/> and goes on with the process's name.</param>
    /// <param name="prefix">What the names begin with.</param>
    internal static string? NameOf(string path, string prefix = Prefix)
    {
        var name = Path.GetFileName(path.AsSpan());
        return name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length + NameLength
            && name[prefix.Length..].IndexOfAnyExcept(Digits) == NameLength
            ? name.Slice(prefix.Length, NameLength).ToString()
            : null;
    }

    /// <summary>Whether no living process has that name.</summary>
    internal bool IsDead(string name)
    {
        var path = PathOf(name);
        try
        {
            using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        if (_held is { } held)
        {
            _held = null;
            File.Delete(held.Name);
            held.Dispose();
        }
    }

    private string PathOf(string name) => Path.Combine(folder, $"{Prefix}{name}{Extension}");

    /// <summary>Whoever sweeps locks a file before it deletes it, so a file that is locked and still there is safe.</summary>
    private void Hold()
    {
        while (_held is null)
        {
            _name = TestDatabaseName.MakeOwner();
            try
            {
                _held = OwnFile.Create(PathOf(_name), FileShare.None);
                if (!File.Exists(_held.Name))
                {
                    _held.Dispose();
                    _held = null;
                }
            }
            catch (IOException) when (Directory.Exists(folder) && File.Exists(PathOf(_name)))
            {
                // A sweeper was there between the making of the file and its lock.
            }
        }
    }

    /// <summary>Removes the files of processes that are dead, their locked files last.</summary>
    private void SweepFiles()
    {
        foreach (var mark in Directory.GetFiles(folder, $"{Prefix}*{Extension}"))
        {
            if (NameOf(mark) is not { } name || name == _name)
            {
                continue;
            }

            FileStream held;
            try
            {
                held = new FileStream(mark, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            using (held)
            {
                foreach (var file in Directory.GetFiles(folder, $"{Prefix}{name}_*"))
                {
                    File.Delete(file);
                }

                File.Delete(mark);
            }
        }
    }
}
