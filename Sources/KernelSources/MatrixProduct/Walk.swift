/// The order in which a chain visits A: outer · inner · depth elements, each level with its stride.
///
/// A plain product has one outer and one inner step. A convolution walks over kernel rows, kernel columns and channels, its weight
/// gradient over images, output rows and output columns. B is visited with one stride all along. Meanwhile memory that is needed next is
/// fetched, from `ahead` floats behind the beginning of B, `aheadStride` floats a step; a stride of 0 fetches nothing new.
typealias Walk = (
  outer: Int, outerStride: Int, inner: Int, innerStride: Int, depth: Int, depthStride: Int,
  ahead: Int, aheadStride: Int
)
