namespace Relocation.Testing;

/// <summary>How an entity's name becomes the second part of its label.</summary>
public enum LabelStyle
{
    /// <summary>In lower case, as Django has it: <c>OrderLine</c> is <c>orderline</c>.</summary>
    Lower,

    /// <summary>In snake case: <c>OrderLine</c> is <c>order_line</c>.</summary>
    Snake,
}
