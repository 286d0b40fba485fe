using Xunit.v3;

namespace Relocation.Testing.XunitV3;

/// <summary>Makes xUnit skip the running test: it recognises such exceptions by the start of their message.</summary>
internal sealed class TestSkippedException(string reason) : Exception(DynamicSkipToken.Value + reason);
