using Relocation.Testing.Backups;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Importing.Resuming;

/// <summary>
/// What the database answered while the import decided about its records. A resumed import is given the same answers, so that it decides the
/// same though rows of its own are there by now.
/// </summary>
internal sealed class AnswerJournal : IDisposable
{
    private readonly MemoryStream _written = new();
    private BinaryReader? _stored;

    /// <summary>Whether stored answers are given.</summary>
    internal bool IsReplaying => _stored is not null;

    /// <summary>Begins to note the answers of a chunk.</summary>
    internal void Note()
    {
        _stored = null;
        _written.SetLength(0);
    }

    /// <summary>Begins to give the answers that a chunk was given before.</summary>
    internal void Replay(byte[] answers) => _stored = new BinaryReader(new MemoryStream(answers));

    /// <summary>The answers noted since <see cref="Note"/>.</summary>
    internal byte[] Noted() => _written.ToArray();

    /// <summary>The stored answer to a question, or the database's, which is noted.</summary>
    /// <param name="question">What is asked; the same question is asked in each attempt.</param>
    /// <param name="ask">Asks the database.</param>
    /// <param name="write">Writes the answer.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="ResumeRefusedException">Another question was asked before.</exception>
    internal async Task<T> AnswerAsync<T>(
        string question, Func<Task<T>> ask, Action<BinaryWriter, T> write, Func<BinaryReader, T> read)
    {
        if (_stored is { } stored)
        {
            return stored.BaseStream.Position < stored.BaseStream.Length && stored.ReadString() == question
                ? read(stored)
                : throw ResumeErrors.ResumeAsksDifferently(question);
        }

        var answer = await ask().ConfigureAwait(false);
        using var writer = new BinaryWriter(_written, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(question);
        write(writer, answer);
        return answer;
    }

    public void Dispose()
    {
        _written.Dispose();
        _stored?.Dispose();
    }

    internal static void WriteKeys(BinaryWriter writer, IReadOnlySet<RecordKey> keys) =>
        WriteAll(writer, keys, (to, key) => StoredKey.Write(to, key));

    internal static IReadOnlySet<RecordKey> ReadKeys(BinaryReader reader) => ReadAll(reader, from => StoredKey.Read(from)!.Value).ToHashSet();

    internal static void WriteLastRows(BinaryWriter writer, IReadOnlyList<LastRow> rows) => WriteAll(writer, rows, (to, row) =>
    {
        to.Write(row.Table);
        to.Write(row.Key);
        to.Write(row.Hash);
    });

    internal static IReadOnlyList<LastRow> ReadLastRows(BinaryReader reader) =>
        ReadAll(reader, from => new LastRow(from.ReadString(), from.ReadInt64(), from.ReadString()));

    internal static void WriteTriggered(BinaryWriter writer, IReadOnlyList<TriggeredRows> rows) => WriteAll(writer, rows, (to, row) =>
    {
        to.Write(row.Table);
        to.Write(row.Rows);
    });

    internal static IReadOnlyList<TriggeredRows> ReadTriggered(BinaryReader reader) =>
        ReadAll(reader, from => new TriggeredRows(from.ReadString(), from.ReadInt64()));

    internal static void WriteRows(BinaryWriter writer, IReadOnlyList<(int Index, RecordKey? Key)> rows) => WriteAll(writer, rows, (to, row) =>
    {
        to.Write(row.Index);
        StoredKey.Write(to, row.Key);
    });

    internal static IReadOnlyList<(int Index, RecordKey? Key)> ReadRows(BinaryReader reader) =>
        ReadAll(reader, from => (from.ReadInt32(), StoredKey.Read(from)));

    private static void WriteAll<T>(BinaryWriter writer, IReadOnlyCollection<T> items, Action<BinaryWriter, T> write)
    {
        writer.Write(items.Count);
        foreach (var item in items)
        {
            write(writer, item);
        }
    }

    private static T[] ReadAll<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var items = new T[reader.ReadInt32()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = read(reader);
        }

        return items;
    }
}
