using System.IO.MemoryMappedFiles;
using System.Text;
using System.Text.Unicode;

namespace Relocation.Testing.Databases;

/// <summary>
/// The tests of this process that have a database, in a file that outlives the process however it ends: whoever sweeps what it left can say who
/// had it. Writing is a copy of bytes in memory.
/// </summary>
internal sealed class LeaseBook
{
    private const string Suffix = "leases";
    private const int Lines = 1_024;
    private const int LineLength = 256;

    private static readonly Lock OfProcess = new();
    private static LeaseBook? _current;
    private static int _users;

    private readonly Lock _lock = new();
    private readonly Stack<int> _free = new(Enumerable.Range(0, Lines).Reverse());
    private readonly FileOwner _owner;
    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private LeaseBook(FileOwner owner, string path)
    {
        _owner = owner;
        _path = path;
        var stream = OwnFile.Create(path);
        stream.SetLength(Lines * LineLength);
        _file = MemoryMappedFile.CreateFromFile(
            stream, null, Lines * LineLength, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>Opens the process's book, which each call is to <see cref="Leave"/>.</summary>
    /// <returns>The tests that had databases in each process that has ended, for whoever asks first.</returns>
    internal static IReadOnlyList<IReadOnlyList<string>> Enter()
    {
        lock (OfProcess)
        {
            _users++;
            _current ??= Open();
            return _current?._owner.TakeLeft() ?? [];
        }
    }

    /// <summary>Closes the book where nobody else has it open.</summary>
    internal static void Leave()
    {
        lock (OfProcess)
        {
            if (--_users == 0)
            {
                _current?.Close();
                _current = null;
            }
        }
    }

    /// <summary>Notes that a test has a database.</summary>
    /// <returns>What <see cref="Strike"/> takes.</returns>
    internal static (LeaseBook Book, int Line)? Note(string test) => _current is { } book && book.Write(test) is { } line ? (book, line) : null;

    /// <summary>Strikes a test out.</summary>
    internal static void Strike((LeaseBook Book, int Line)? noted)
    {
        if (noted is { } at)
        {
            at.Book.Erase(at.Line);
        }
    }

    /// <summary>The tests that a file names; none where it is no book.</summary>
    internal static IReadOnlyList<string> Read(string path)
    {
        if (!path.EndsWith($"_{Suffix}", StringComparison.Ordinal))
        {
            return [];
        }

        try
        {
            var bytes = File.ReadAllBytes(path);
            return
            [
                .. Enumerable.Range(0, bytes.Length / LineLength).Select(line => bytes.AsMemory(line * LineLength, LineLength))
                    .Where(line => line.Span[0] > 0).Select(line => Encoding.UTF8.GetString(line.Span.Slice(1, line.Span[0]))),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>A test that runs needs no book; where none can be made there is none.</summary>
    private static LeaseBook? Open()
    {
        var owner = FileOwner.In(Path.GetTempPath());
        try
        {
            var name = owner.Use();
            try
            {
                return new LeaseBook(owner, Path.Combine(owner.Folder, TestDatabaseName.Of(name, Suffix)));
            }
            catch
            {
                owner.Release();
                throw;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private int? Write(string test)
    {
        Span<byte> line = stackalloc byte[LineLength];
        Utf8.FromUtf16(test, line[1..], out _, out var length);
        line[0] = (byte)length;
        lock (_lock)
        {
            if (length == 0 || !_view.CanWrite || !_free.TryPop(out var free))
            {
                return null;
            }

            // The length comes last: a line is not there before it is whole.
            for (var at = length; at >= 0; at--)
            {
                _view.Write((free * LineLength) + at, line[at]);
            }

            return free;
        }
    }

    private void Erase(int line)
    {
        lock (_lock)
        {
            if (_view.CanWrite)
            {
                _view.Write(line * LineLength, (byte)0);
                _free.Push(line);
            }
        }
    }

    private void Close()
    {
        lock (_lock)
        {
            _view.Dispose();
            _file.Dispose();
        }

        try
        {
            File.Delete(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It goes with all that the process owns.
        }

        _owner.Release();
    }
}
