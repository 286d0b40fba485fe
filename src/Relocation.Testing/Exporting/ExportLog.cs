using Microsoft.Extensions.Logging;

namespace Relocation.Testing.Exporting;

/// <summary>What exports log.</summary>
internal static partial class ExportLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Exported {Records} records of {Model}, left {LeftOut} out.")]
    internal static partial void ModelExported(ILogger logger, ModelLabel model, long records, long leftOut);
}
