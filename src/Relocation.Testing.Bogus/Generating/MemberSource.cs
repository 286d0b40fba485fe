using System.Text.Json;
using Bogus;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>Objects that a record owns, which become rows of another table.</summary>
/// <param name="member">The member that holds them.</param>
/// <param name="rows">
/// Makes the objects. They are numbered through all records, so that what is distinct among the rows of a table stays so.
/// </param>
/// <param name="nullShare">How often an object that may be missing is null.</param>
internal sealed class MemberSource(RelocationChild member, ModelGenerator rows, double nullShare) : ValueSource
{
    private const int MostInList = 3;

    /// <summary>How many objects a record holds at most.</summary>
    internal static int MostRows(RelocationChild member) => member.IsSingle ? 1 : MostInList;

    internal override void Write(Utf8JsonWriter writer, Faker faker, long number)
    {
        var hash = StableHash.At(rows.Seed, number);
        if (member.IsSingle)
        {
            if (number >= rows.Count || (!member.IsRequired && StableHash.Unit(hash) < nullShare))
            {
                writer.WriteNullValue();
            }
            else
            {
                rows.Fields.Write(writer, faker, number);
            }

            return;
        }

        var first = number * MostInList;
        var last = Math.Min(rows.Count, first + StableHash.Below(hash, MostInList + 1));
        writer.WriteStartArray();
        for (var row = first; row < last; row++)
        {
            rows.Fields.Write(writer, faker, row);
        }

        writer.WriteEndArray();
    }
}
