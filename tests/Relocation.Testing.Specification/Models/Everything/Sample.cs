using System.Text.Json;

namespace Relocation.Testing.Specification.Models.Everything;

/// <summary>Every type of value, in a table and columns with names that have to be quoted, in a schema.</summary>
public sealed class Sample
{
    public long Id { get; set; }

    public bool Flag { get; set; }

    public bool? Answer { get; set; }

    public byte Tiny { get; set; }

    public sbyte Signed { get; set; }

    public short Small { get; set; }

    public ushort SmallPositive { get; set; }

    public uint Positive { get; set; }

    public ulong Large { get; set; }

    public char Letter { get; set; }

    public float Single { get; set; }

    public double Real { get; set; }

    public decimal Exact { get; set; }

    public Guid Token { get; set; }

    public byte[]? Data { get; set; }

    public DateTime Local { get; set; }

    public DateTimeOffset Moment { get; set; }

    public DateOnly Day { get; set; }

    public TimeOnly Clock { get; set; }

    public TimeSpan Length { get; set; }

    public Mood Mood { get; set; }

    public Mood Stored { get; set; }

    public Mood? Numbered { get; set; }

    public Weather Sky { get; set; }

    public string? Word { get; set; }

    public required string Select { get; set; }

    public JsonDocument? Json { get; set; }

    public IList<int> Numbers { get; set; } = [];

    public IList<string> Words { get; set; } = [];

    public IList<Mood> Moods { get; set; } = [];

    public Shop.Money? Price { get; set; }

    public string? Doubled { get; set; }
}
