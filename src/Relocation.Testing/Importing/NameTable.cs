using System.Buffers;
using System.Text;
using Relocation.Testing.Backups;

namespace Relocation.Testing.Importing;

/// <summary>Finds what a member's name stands for from its bytes in the file, without making a string.</summary>
/// <remarks>
/// Records of one model nearly always have their fields in one order, so the entry after the last one found is tried first.
/// </remarks>
internal sealed class NameTable
{
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);
    private readonly List<(byte[] Name, int Value)> _entries = [];
    private readonly Dictionary<int, List<int>> _byHash = [];
    private int[] _follows = [];
    private int _last;

    internal bool TryAdd(string name, int value)
    {
        if (!_positions.TryAdd(name, _entries.Count))
        {
            return false;
        }

        var bytes = Encoding.UTF8.GetBytes(name);
        var hash = Hash(bytes);
        if (!_byHash.TryGetValue(hash, out var bucket))
        {
            _byHash.Add(hash, bucket = []);
        }

        bucket.Add(_entries.Count);
        _entries.Add((bytes, value));
        _follows = [.. Enumerable.Range(1, _entries.Count)];
        return true;
    }

    internal bool TryFind(ReadOnlySpan<byte> name, bool isEscaped, out int value)
    {
        if (isEscaped)
        {
            return TryFindEscaped(name, out value);
        }

        // The guess is the entry that came after the last found one in the record before.
        var guess = _last < _follows.Length ? _follows[_last] : 0;
        if (guess < _entries.Count && name.SequenceEqual(_entries[guess].Name))
        {
            _last = guess;
            value = _entries[guess].Value;
            return true;
        }

        if (_byHash.TryGetValue(Hash(name), out var bucket))
        {
            foreach (var position in bucket)
            {
                if (name.SequenceEqual(_entries[position].Name))
                {
                    if (_last < _follows.Length)
                    {
                        _follows[_last] = position;
                    }

                    _last = position;
                    value = _entries[position].Value;
                    return true;
                }
            }
        }

        value = -1;
        return false;
    }

    private bool TryFindEscaped(ReadOnlySpan<byte> name, out int value)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(name.Length);
        try
        {
            return TryFind(buffer.AsSpan(0, JsonText.Unescape(name, buffer)), isEscaped: false, out value);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        // FNV-1a: names are a few bytes long.
        var hash = 2166136261u;
        foreach (var letter in name)
        {
            hash = (hash ^ letter) * 16777619u;
        }

        return unchecked((int)hash);
    }
}
