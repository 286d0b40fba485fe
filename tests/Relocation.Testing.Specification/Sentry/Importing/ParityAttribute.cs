namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>Says which of Sentry's own tests a test of ours stands for.</summary>
/// <param name="section">The section of docs/sentry-import.md that it belongs to, or a list of the saving of events.</param>
/// <param name="test">The name of Sentry's test.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ParityAttribute(string section, string test) : Attribute
{
    public string Section { get; } = section;

    public string Test { get; } = test;
}
