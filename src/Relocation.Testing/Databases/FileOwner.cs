using System.Buffers;
using System.Collections.Concurrent;

namespace Relocation.Testing.Databases;

/// <summary>
/// Shows which files and folders for temporary use belong to a process that lives: each process locks a file of its own, and
/// the lock ends with the process, however it ends. The file's name is part of the names of all that the process owns.
/// </summary>
internal sealed class FileOwner : IDisposable
{
    /// <summary>How many digits a process's name has.</summary>
    private const int NameLength = 16;

    private const string Prefix = "relocation_test_";

    private const string Extension = ".owner";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Nobody else may open the file, and yet it can be deleted: Windows needs to be told so.</summary>
    private static readonly FileShare Alone = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    private static readonly ConcurrentDictionary<string, FileOwner> OfProcess = [];

    private readonly Lock _lock = new();
    private readonly List<IReadOnlyList<string>> _left = [];
    private string _name = string.Empty;
    private FileStream? _held;
    private int _users;

    private FileOwner(string folder) => Folder = folder;

    /// <summary>The folder of what is owned, and of the locked files: all processes must look for them in the same place.</summary>
    internal string Folder { get; }

    /// <summary>The owner of what this process leaves in a folder.</summary>
    internal static FileOwner In(string folder) => OfProcess.GetOrAdd(folder, static folder => new FileOwner(folder));

    /// <summary>
    /// Takes part in the ownership, for something to be named after <see cref="NameOf"/>. Each call is paired with
    /// <see cref="Release"/>, when that is gone. Where nothing was owned, that removes what killed processes have left.
    /// </summary>
    /// <returns>The process's name.</returns>
    internal string Use()
    {
        lock (_lock)
        {
            if (_users == 0)
            {
                Hold();
                SweepFiles();
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

    /// <summary>The tests that had databases in each process whose files were removed; given once.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> TakeLeft()
    {
        lock (_lock)
        {
            IReadOnlyList<string>[] left = [.. _left];
            _left.Clear();
            return left;
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
            using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, Alone);
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
            Delete(FilesOf(_name));
            File.Delete(held.Name);
            held.Dispose();
        }
    }

    private string PathOf(string name) => Path.Combine(Folder, $"{Prefix}{name}{Extension}");

    /// <summary>Whoever sweeps locks a file before it deletes it, so a file that is locked and still there is safe.</summary>
    private void Hold()
    {
        while (_held is null)
        {
            _name = TestDatabaseName.MakeOwner();
            try
            {
                _held = OwnFile.Create(PathOf(_name), Alone);
                if (!File.Exists(_held.Name))
                {
                    _held.Dispose();
                    _held = null;
                }
            }
            catch (IOException) when (Directory.Exists(Folder) && File.Exists(PathOf(_name)))
            {
                // A sweeper was there between the making of the file and its lock.
            }
        }
    }

    /// <summary>Removes the files of processes that are dead, their locked files last.</summary>
    private void SweepFiles()
    {
        foreach (var mark in Directory.GetFiles(Folder, $"{Prefix}*{Extension}"))
        {
            if (NameOf(mark) is not { } name || name == _name)
            {
                continue;
            }

            try
            {
                using var held = new FileStream(mark, FileMode.Open, FileAccess.ReadWrite, Alone);
                var files = FilesOf(name);
                _left.AddRange(files.Select(LeaseBook.Read).Where(tests => tests.Count > 0));
                Delete(files);
                File.Delete(mark);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The process lives, or another one sweeps as well, or it is another user's.
            }
        }

        // A test that goes on after its time makes its file again, when its process may have ended in good order.
        Delete(Directory.GetFiles(Folder, $"{Prefix}*").Where(file => NameOf(file) is { } name && name != _name && !File.Exists(PathOf(name))));
    }

    private string[] FilesOf(string name) => Directory.Exists(Folder) ? Directory.GetFiles(Folder, $"{Prefix}{name}_*") : [];

    private static void Delete(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Somebody still has it open where that keeps it, or it is another user's.
            }
        }
    }
}
