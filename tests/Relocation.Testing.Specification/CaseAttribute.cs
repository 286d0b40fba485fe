namespace Relocation.Testing.Specification;

/// <summary>Says which case of real use a test stands for: an input on which the product was wrong once.</summary>
/// <param name="name">The case's folder, and its part after a slash where the folder holds several.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class CaseAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
