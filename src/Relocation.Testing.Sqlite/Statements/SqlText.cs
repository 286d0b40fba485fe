using System.Buffers;
using System.Text;

namespace Relocation.Testing.Sqlite.Statements;

/// <summary>Writes a statement in UTF-8 into a rented buffer: an import prepares two long ones for each table.</summary>
internal sealed class SqlText : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);
    private int _length;

    internal ReadOnlySpan<byte> Utf8 => _buffer.AsSpan(0, _length);

    internal SqlText Add(string text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
        return this;
    }

    /// <summary>Adds a quoted name.</summary>
    internal SqlText AddName(string name)
    {
        Add("\"");
        Add(name.Contains('"', StringComparison.Ordinal) ? name.Replace("\"", "\"\"", StringComparison.Ordinal) : name);
        return Add("\"");
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Reserve(int length)
    {
        if (_buffer.Length - _length >= length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + length));
        Utf8.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
