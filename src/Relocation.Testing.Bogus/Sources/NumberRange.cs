namespace Relocation.Testing.Sources;

/// <summary>From which numbers a field's value is chosen.</summary>
/// <param name="Least">The smallest.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct NumberRange(long Least, long Count)
{
    internal static NumberRange Of(RelocationField field)
    {
        var words = FieldWords.Of(field);
        return words.Last switch
        {
            "quantity" or "count" or "amount" or "copies" => new(1, 20),
            "stars" or "rating" or "score" => new(1, 5),
            "year" => new(1990, 36),
            "age" => new(18, 70),
            "price" or "cents" or "cost" or "total" or "fee" => new(99, 30_000),
            "percent" or "percentage" or "discount" => new(0, 101),
            "status" or "state" or "kind" or "type" or "tier" or "level" or "mode" or "role" or "priority" => new(0, 3),
            "position" or "order" or "rank" or "ordinal" or "index" => new(0, 100),
            "latitude" => new(-90, 180),
            "longitude" => new(-180, 360),
            _ => new(0, 10_000),
        };
    }

    /// <summary>The same numbers, counted in smaller parts.</summary>
    internal NumberRange Times(long parts) => new(Least * parts, Count * parts);
}
