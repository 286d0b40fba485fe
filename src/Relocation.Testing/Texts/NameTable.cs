using System.Numerics;
using System.Text;

namespace Relocation.Testing.Texts;

/// <summary>Finds what a member's name stands for from its bytes in the file, without making a string.</summary>
internal sealed class NameTable
{
    private readonly List<(byte[] Name, int Value)> _entries = [];
    private int[] _slots = new int[2];

    internal int Count => _entries.Count;

    internal bool TryAdd(string name, int value)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        if (Find(bytes) >= 0)
        {
            return false;
        }

        _entries.Add((bytes, value));
        if (_entries.Count * 2 > _slots.Length)
        {
            _slots = new int[BitOperations.RoundUpToPowerOf2((uint)_entries.Count * 4)];
            for (var position = 0; position < _entries.Count; position++)
            {
                Place(position);
            }
        }
        else
        {
            Place(_entries.Count - 1);
        }

        return true;
    }

    internal bool TryFind(ReadOnlySpan<byte> name, bool isEscaped, NameGuess guess, out int value)
    {
        var position = guess.Next;
        if (position < 0 || isEscaped || !name.SequenceEqual(_entries[position].Name))
        {
            position = isEscaped ? Find(Encoding.UTF8.GetBytes(JsonText.ToText(name))) : Find(name);
            if (position < 0)
            {
                value = -1;
                return false;
            }
        }

        guess.Found(position);
        value = _entries[position].Value;
        return true;
    }

    private int Find(ReadOnlySpan<byte> name)
    {
        for (var slot = SlotOf(name); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (name.SequenceEqual(_entries[_slots[slot] - 1].Name))
            {
                return _slots[slot] - 1;
            }
        }

        return -1;
    }

    private void Place(int position)
    {
        var slot = SlotOf(_entries[position].Name);
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        _slots[slot] = position + 1;
    }

    private int SlotOf(ReadOnlySpan<byte> name)
    {
        // FNV-1a: names are a few bytes long.
        var hash = 2166136261u;
        foreach (var letter in name)
        {
            hash = (hash ^ letter) * 16777619u;
        }

        return (int)(hash & (uint)(_slots.Length - 1));
    }
}
