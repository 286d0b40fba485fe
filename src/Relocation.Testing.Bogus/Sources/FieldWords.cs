namespace Relocation.Testing.Sources;

/// <summary>The words of a field's name: <c>billing.postal_code</c> and <c>PostalCode</c> end with postal, code.</summary>
/// <param name="Name">The innermost name, lower case, its words joined by underscores.</param>
/// <param name="Last">The last word.</param>
internal readonly record struct FieldWords(string Name, string Last)
{
    /// <summary>Whether it is a network address.</summary>
    internal bool IsAddress => Name == "ip_address" || Last == "ip";

    internal static FieldWords Of(RelocationField field)
    {
        var name = field.Name[(field.Name.LastIndexOf('.') + 1)..];
        var snake = string.Concat(name.Select((letter, index) =>
            char.IsUpper(letter) && index > 0 && char.IsLower(name[index - 1])
                ? $"_{char.ToLowerInvariant(letter)}"
                : char.ToLowerInvariant(letter).ToString()));
        return new FieldWords(snake, snake[(snake.LastIndexOf('_') + 1)..]);
    }
}
