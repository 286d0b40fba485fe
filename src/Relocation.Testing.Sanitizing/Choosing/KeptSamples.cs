using System.Globalization;
using System.Text;

namespace Relocation.Testing.Sanitizing.Choosing;

/// <summary>Counts the values of a field that stay as they are, and remembers what the first ones look like: first character and length.</summary>
internal sealed class KeptSamples
{
    private const int Most = 3;

    private readonly List<string> _samples = [];

    internal long Count { get; private set; }

    internal IReadOnlyList<string> Samples => _samples;

    internal void Add(ReadOnlySpan<char> text)
    {
        Count++;
        if (_samples.Count < Most)
        {
            var sample = SampleOf(text);
            if (!_samples.Contains(sample))
            {
                _samples.Add(sample);
            }
        }
    }

    /// <summary>Whether another value would change what the samples show.</summary>
    internal bool Takes => _samples.Count < Most;

    internal void Add() => Count++;

    /// <summary>The first character and the length; of a value of one character, which would be all of it, the length alone.</summary>
    private static string SampleOf(ReadOnlySpan<char> text)
    {
        var status = Rune.DecodeFromUtf16(text, out var first, out var length);
        var shown = status == System.Buffers.OperationStatus.Done && text.Length > length && !IsHidden(first) ? first.ToString() : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{shown}… {text.Length}");
    }

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
